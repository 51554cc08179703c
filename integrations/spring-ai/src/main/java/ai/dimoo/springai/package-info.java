/// Spring AI's models over the library, in process:
///
/// - {@link ai.dimoo.springai.DimooImageModel}: pictures from sentences, and from pictures
/// - {@link ai.dimoo.springai.DimooChatModel}: answers about pictures, whole or while they form
/// - {@link ai.dimoo.springai.DimooAutoConfiguration}: both as beans of a Spring Boot application
@NullMarked
package ai.dimoo.springai;

import org.jspecify.annotations.NullMarked;
