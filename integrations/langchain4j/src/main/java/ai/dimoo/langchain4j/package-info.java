/// LangChain4j's models over the library, in process:
///
/// - {@link ai.dimoo.langchain4j.DimooImageModel}: pictures from sentences, and from pictures
/// - {@link ai.dimoo.langchain4j.DimooChatModel}: answers about pictures
/// - {@link ai.dimoo.langchain4j.DimooStreamingChatModel}: the same while they form
@NullMarked
package ai.dimoo.langchain4j;

import org.jspecify.annotations.NullMarked;
