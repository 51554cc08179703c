package ai.dimoo.langchain4j;

import ai.dimoo.request.Sampling;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;

/// What a chat model's builder said.
record ChatSettings(Sampling sampling, List<ChatModelListener> listeners) {}
