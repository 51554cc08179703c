package ai.dimoo.train.parallel;

import org.bytedeco.pytorch.Tensor;

/// One process by itself.
record SingleRank() implements Ranks {

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public double sum(double mine) {
    return mine;
  }

  @Override
  public double norm(double mine) {
    return mine;
  }

  @Override
  public void sum(Tensor tensor) {}

  @Override
  public void gather(Tensor whole) {}

  @Override
  public void requireSame(String what) {}

  @Override
  public void close() {}
}
