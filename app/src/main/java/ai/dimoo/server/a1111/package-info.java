/// The routes of AUTOMATIC1111's Stable Diffusion web UI that other programs ask for, Open WebUI
/// among them: pictures from words and from pictures, the models, the options, the progress.
///
/// {@link ai.dimoo.server.a1111.A1111Api} answers them; {@link ai.dimoo.server.a1111.A1111Form} is
/// where that program's fields become those of `/v1/images/…`.
@NullMarked
package ai.dimoo.server.a1111;

import org.jspecify.annotations.NullMarked;
