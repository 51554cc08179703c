/// LibTorch: loading it, the device and the number format to compute in, random numbers.
@NullMarked
package ai.dimoo.torch;

import org.jspecify.annotations.NullMarked;
