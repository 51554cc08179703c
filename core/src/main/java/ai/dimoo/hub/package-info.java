/// The Hugging Face hub: fetching a checkpoint, and the cache that its libraries share. The entry
/// classes are {@link ai.dimoo.hub.HubDownload} and {@link ai.dimoo.hub.HubCache}.
@NullMarked
package ai.dimoo.hub;

import org.jspecify.annotations.NullMarked;
