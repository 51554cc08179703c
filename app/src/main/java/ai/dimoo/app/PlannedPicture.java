package ai.dimoo.app;

import ai.dimoo.request.ImageRequest;
import ai.dimoo.request.Recipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A picture of a file of prompts.
///
/// @param line that asks for it
/// @param request with a seed
/// @param timesteps that it takes at most
/// @param file where it is to lie
/// @param found what the file says that lies there already; null: there is none
record PlannedPicture(
    int line, ImageRequest request, int timesteps, Path file, @Nullable Recipe found) {}
