package io.mcpguard.spring.mvc;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpOperation.Hint;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Schema;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.EcmaPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.NameValueExpression;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one operation of one handler method, or says everything that stands against it. */
final class HandlerOperation {

    private final String prefix;
    private final HandlerArguments arguments;
    private final HandlerResponses responses;

    /**
     * Prepares the making.
     *
     * @param prefix context path and servlet path, empty or starting with {@code /}
     * @param arguments reads arguments
     * @param responses reads responses
     */
    HandlerOperation(String prefix, HandlerArguments arguments, HandlerResponses responses) {
        this.prefix = prefix;
        this.arguments = arguments;
        this.responses = responses;
    }

    /**
     * Makes the operation.
     *
     * @param info the method's mapping
     * @param method the handler method
     * @param own its annotation
     * @param product its class's annotation
     * @param mistakes where the sentences go, each with the method's name in front
     * @return the operation, or null when there are mistakes
     */
    @Nullable Operation make(
            RequestMappingInfo info,
            HandlerMethod method,
            McpOperation own,
            McpProduct product,
            List<String> mistakes) {
        Inputs inputs = new Inputs();
        OperationPath path = pathOf(info, inputs);
        String httpMethod = methodOf(info, inputs);
        OperationId id = idOf(own, method, inputs);
        Annotations annotations = Annotations.inherited(method.getMethod());
        if (path != null) {
            List<MediaType> consumes = List.copyOf(info.getConsumesCondition().getConsumableMediaTypes());
            for (MethodParameter argument : method.getMethodParameters()) {
                arguments.read(argument, path, consumes, inputs);
            }
            addUnreadVariables(path, inputs);
            addConditions(info.getParamsCondition().getExpressions(), Location.QUERY, inputs);
            addConditions(info.getHeadersCondition().getExpressions(), Location.HEADER, inputs);
        }
        if (path == null
                || httpMethod == null
                || id == null
                || !inputs.mistakes().isEmpty()) {
            inputs.mistakes().forEach(mistake -> mistakes.add(nameOf(method) + " " + mistake));
            return null;
        }
        Operation.Builder builder = Operation.builder(id, product.value(), httpMethod, path.template())
                .title(Descriptions.title(own, annotations))
                .description(Descriptions.description(own, method.getMethod()))
                .body(inputs.body())
                .hints(hints(own, httpMethod))
                .scopes(Set.of(own.scopes()))
                .tags(Set.of(own.tags()));
        inputs.parameters().forEach(builder::parameter);
        responses
                .of(method, annotations, List.copyOf(info.getProducesCondition().getProducibleMediaTypes()))
                .forEach(builder::response);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            mistakes.add(nameOf(method) + ": " + e.getMessage());
            return null;
        }
    }

    /**
     * Names a handler method the way its owner would look for it.
     *
     * @param method the method
     * @return such as {@code OrderController.find(Long)}
     */
    static String nameOf(HandlerMethod method) {
        List<String> types = new ArrayList<>();
        for (Class<?> type : method.getMethod().getParameterTypes()) {
            types.add(type.getSimpleName());
        }
        return method.getBeanType().getSimpleName() + "." + method.getMethod().getName() + "("
                + String.join(", ", types) + ")";
    }

    private @Nullable OperationPath pathOf(RequestMappingInfo info, Inputs inputs) {
        Set<String> patterns = info.getPatternValues();
        if (patterns.size() > 1) {
            inputs.refuse("is mapped to several paths (" + String.join(", ", new TreeSet<>(patterns))
                    + "); an operation has one, so map the others by a method of their own");
            return null;
        }
        try {
            return OperationPath.of(
                    prefix, patterns.isEmpty() ? "" : patterns.iterator().next());
        } catch (IllegalArgumentException e) {
            inputs.refuse("has a path that cannot be an operation: " + e.getMessage());
            return null;
        }
    }

    private static @Nullable String methodOf(RequestMappingInfo info, Inputs inputs) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        if (methods.isEmpty()) {
            inputs.refuse("answers every HTTP method; an operation has one, so state it, as with @GetMapping");
            return null;
        }
        if (methods.size() > 1) {
            inputs.refuse("answers several HTTP methods " + methods
                    + "; an operation has one, so split it into a method for each");
            return null;
        }
        return methods.iterator().next().name();
    }

    private static @Nullable OperationId idOf(McpOperation own, HandlerMethod method, Inputs inputs) {
        String id = own.id().isEmpty() ? method.getMethod().getName() : own.id();
        try {
            return new OperationId(id);
        } catch (IllegalArgumentException e) {
            inputs.refuse("has an id that cannot be used: " + e.getMessage() + "; set @McpOperation(id = ...)");
            return null;
        }
    }

    /** A variable that no argument takes is still part of every path; its pattern is all that is known of it. */
    private static void addUnreadVariables(OperationPath path, Inputs inputs) {
        for (Map.Entry<String, Optional<String>> variable : path.variables().entrySet()) {
            if (!inputs.holds(Location.PATH, variable.getKey())) {
                ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
                variable.getValue()
                        .flatMap(EcmaPattern::matchingWhole)
                        .ifPresent(pattern -> schema.put("pattern", pattern));
                inputs.add(new Parameter(variable.getKey(), Location.PATH, true, new Schema(schema.toString()), ""));
            }
        }
    }

    /** What the mapping demands to be present, with the value it demands. */
    private static void addConditions(
            Set<? extends NameValueExpression<String>> conditions, Location location, Inputs inputs) {
        for (NameValueExpression<String> condition : conditions) {
            if (!condition.isNegated() && !inputs.holds(location, condition.getName())) {
                ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
                if (condition.getValue() != null) {
                    schema.put("const", condition.getValue());
                }
                inputs.add(new Parameter(condition.getName(), location, true, new Schema(schema.toString()), ""));
            }
        }
    }

    private static Hints hints(McpOperation own, String httpMethod) {
        Hints implied = Hints.ofMethod(httpMethod);
        return new Hints(
                stated(own.readOnly(), implied.readOnly()),
                stated(own.destructive(), implied.destructive()),
                stated(own.idempotent(), implied.idempotent()));
    }

    private static boolean stated(Hint hint, boolean implied) {
        return hint == Hint.BY_METHOD ? implied : hint == Hint.YES;
    }
}
