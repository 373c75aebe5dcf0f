package io.mcpguard.conformance;

import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import io.mcpguard.feature.LogLevel;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tools that take a moment and say on the way how it goes. */
final class RunningTools {

    private static final int STEP_MILLIS = 50;

    private RunningTools() {}

    static List<Feature> all() {
        return List.of(
                ContentTools.tool("test_tool_with_progress", "Says how far it is.", RunningTools::progress),
                ContentTools.tool("test_tool_with_logging", "Writes to the client's log.", RunningTools::log),
                ContentTools.tool("test_logging_tool", "Writes to the client's log, if asked to.", RunningTools::log),
                ContentTools.tool("test_reconnection", "Takes a moment, in which a stream may break.", call -> {
                    step(call);
                    return ToolAnswer.text("Reconnection test completed");
                }));
    }

    private static ToolAnswer progress(FeatureCall call) throws InterruptedException {
        call.progress(0, OptionalDouble.of(100), "");
        step(call);
        call.progress(50, OptionalDouble.of(100), "");
        step(call);
        call.progress(100, OptionalDouble.of(100), "");
        return ToolAnswer.text("Tool with progress executed successfully");
    }

    private static ToolAnswer log(FeatureCall call) throws InterruptedException {
        call.log(LogLevel.INFO, "", "Tool execution started");
        step(call);
        call.log(LogLevel.INFO, "", "Tool processing data");
        step(call);
        call.log(LogLevel.INFO, "", "Tool execution completed");
        return ToolAnswer.text("Tool with logging executed successfully");
    }

    /** Waits as the suite asks for, or until nobody waits for the answer any more. */
    private static void step(FeatureCall call) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        call.onCancel(cancelled::countDown);
        if (cancelled.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the call is cancelled");
        }
    }
}
