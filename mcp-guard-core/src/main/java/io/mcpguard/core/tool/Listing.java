package io.mcpguard.core.tool;

import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** A tool that shows something and changes nothing. */
interface Listing {

    /** Reads the arguments. Problems are added to them and make the answer void. */
    Answer answer(ToolArguments arguments, Caller caller);

    /** What a listing comes to. */
    sealed interface Answer {

        /** There is something to show, possibly an empty list; it is looked up when limit and record allow. */
        record Found(Supplier<ObjectNode> content) implements Answer {}

        /** There is nothing that the caller may see. */
        record Refused(Deny deny) implements Answer {}
    }
}
