package ai.dimoo.langchain4j;

import ai.dimoo.Dimoo;

/// A model, and whether it was opened here and is to be closed here.
record OpenedModel(Dimoo dimoo, boolean owned) implements AutoCloseable {

  @Override
  public void close() {
    if (owned) {
      dimoo.close();
    }
  }
}
