/// Pictures from the web for requests that name an address: fetched from public addresses only.
///
/// Start at {@link ai.dimoo.server.remote.RemotePictures}.
@NullMarked
package ai.dimoo.server.remote;

import org.jspecify.annotations.NullMarked;
