package io.mcpguard.conformance;

import static io.mcpguard.conformance.ContentTools.tool;

import io.mcpguard.answer.CapabilityRequired;
import io.mcpguard.answer.ClientCapability;
import io.mcpguard.answer.InputRequest;
import io.mcpguard.answer.InputRequired;
import io.mcpguard.answer.ToolAnswer;
import io.mcpguard.feature.Feature;
import io.mcpguard.feature.FeatureCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tools that need something of the caller first (MCP 2026-07-28, multi round-trip requests). */
final class InputTools {

    private static final String NAMED = "named ";

    private InputTools() {}

    static List<Feature> all() {
        return List.of(
                tool("test_input_required_result_elicitation", "Asks for a name.", InputTools::elicitation),
                tool("test_input_required_result_sampling", "Asks the model.", InputTools::sampling),
                tool("test_input_required_result_list_roots", "Asks for the folders.", InputTools::roots),
                tool("test_input_required_result_request_state", "Keeps a state.", InputTools::requestState),
                tool("test_input_required_result_multiple_inputs", "Asks three things.", InputTools::multiple),
                tool("test_input_required_result_multi_round", "Asks twice.", InputTools::multiRound),
                tool("test_input_required_result_tampered_state", "Keeps a state.", InputTools::requestState),
                tool("test_input_required_result_capabilities", "Asks what may be asked.", InputTools::capabilities),
                tool("test_streaming_elicitation", "Asks for a name.", InputTools::elicitation),
                tool("test_missing_capability", "Needs a client with a model.", InputTools::missingCapability));
    }

    private static ToolAnswer elicitation(FeatureCall call) {
        return Questions.field(call, "user_name", "name")
                .map(name -> ToolAnswer.text("Hello, " + name + "!"))
                .orElseGet(() -> Questions.ask("user_name", nameForm()));
    }

    private static ToolAnswer sampling(FeatureCall call) {
        return Questions.said(call, "capital_question")
                .map(ToolAnswer::text)
                .orElseGet(() ->
                        Questions.ask("capital_question", Questions.sampling("What is the capital of France?", 100)));
    }

    private static ToolAnswer roots(FeatureCall call) {
        return Questions.roots(call, "client_roots")
                .map(count -> ToolAnswer.text("The client has " + count + " roots"))
                .orElseGet(() -> Questions.ask("client_roots", new InputRequest.Roots()));
    }

    private static ToolAnswer requestState(FeatureCall call) {
        if (Questions.field(call, "confirm", "ok").isPresent()
                && call.state().equals(Optional.of("asked for confirmation"))) {
            return ToolAnswer.text("state-ok");
        }
        return Questions.ask("confirm", Questions.form("Please confirm", "ok", "boolean"), "asked for confirmation");
    }

    private static ToolAnswer multiple(FeatureCall call) {
        Optional<Object> name = Questions.field(call, "user_name", "name");
        Optional<String> greeting = Questions.said(call, "greeting");
        Optional<Integer> roots = Questions.roots(call, "client_roots");
        if (name.isPresent() && greeting.isPresent() && roots.isPresent()) {
            return ToolAnswer.text("%s, %s, with %d roots".formatted(greeting.get(), name.get(), roots.get()));
        }
        Map<String, InputRequest> questions = new LinkedHashMap<>();
        questions.put("user_name", nameForm());
        questions.put("greeting", Questions.sampling("Generate a greeting", 50));
        questions.put("client_roots", new InputRequest.Roots());
        return new InputRequired(questions, Optional.of("asked three things"));
    }

    /** The first answer travels in the second state, since the server keeps nothing. */
    private static ToolAnswer multiRound(FeatureCall call) {
        String state = call.state().orElse("");
        if (state.startsWith(NAMED)) {
            return Questions.field(call, "step2", "color")
                    .map(color -> ToolAnswer.text(state.substring(NAMED.length()) + " likes " + color))
                    .orElseGet(() -> askForColor(state));
        }
        return Questions.field(call, "step1", "name")
                .map(name -> askForColor(NAMED + name))
                .orElseGet(() -> Questions.ask(
                        "step1", Questions.form("Step 1: What is your name?", "name", "string"), "asked for the name"));
    }

    private static ToolAnswer askForColor(String state) {
        return Questions.ask("step2", Questions.form("Step 2: What is your favorite color?", "color", "string"), state);
    }

    private static ToolAnswer capabilities(FeatureCall call) {
        Map<String, InputRequest> questions = new LinkedHashMap<>();
        if (call.clientCan(ClientCapability.ELICITATION_FORM)) {
            questions.put("user_name", nameForm());
        }
        if (call.clientCan(ClientCapability.SAMPLING)) {
            questions.put("greeting", Questions.sampling("Generate a greeting", 50));
        }
        return questions.isEmpty()
                ? new CapabilityRequired(Set.of(ClientCapability.SAMPLING))
                : new InputRequired(questions, Optional.empty());
    }

    private static ToolAnswer missingCapability(FeatureCall call) {
        return call.clientCan(ClientCapability.SAMPLING)
                ? ToolAnswer.text("The client has a model")
                : new CapabilityRequired(Set.of(ClientCapability.SAMPLING));
    }

    private static InputRequest nameForm() {
        return Questions.form("What is your name?", "name", "string");
    }
}
