package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpOperation.Hint;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Schema;
import io.mcpguard.jaxrs.resource.ArgumentReader.Argument;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.EcmaPattern;
import io.mcpguard.schema.KotlinArgument;
import jakarta.ws.rs.container.Suspended;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Makes one operation of one resource method, or says everything that stands against it. */
final class OperationMaker {

    private final ArgumentReader arguments;
    private final BodyReader body;
    private final ResponseReader responses;

    OperationMaker(BodySchemas bodies, boolean validates) {
        this.arguments = new ArgumentReader(validates);
        this.body = new BodyReader(bodies);
        this.responses = new ResponseReader(bodies);
    }

    /**
     * Makes the operation.
     *
     * @param found the method
     * @param httpMethod the HTTP method it answers
     * @param path its path
     * @param above reads what the classes and locators on the way to it take
     * @param own its annotation
     * @param product the annotation of its class
     * @param mistakes where the sentences go, each with the method's name in front
     * @return the operation, or empty when there are mistakes
     */
    Optional<Operation> make(
            ResourceMethod found,
            String httpMethod,
            TemplatePath path,
            List<BiConsumer<TemplatePath, Inputs>> above,
            McpOperation own,
            McpProduct product,
            List<String> mistakes) {
        Method method = found.method();
        Method annotated = ResourceAnnotations.annotated(method);
        Annotations stated = Annotations.inherited(method);
        Inputs inputs = new Inputs();
        above.forEach(reader -> reader.accept(path, inputs));
        readArguments(found, annotated, path, inputs, true);
        addUnreadVariables(path, inputs);
        String id = own.id().isEmpty() ? method.getName() : own.id();
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            inputs.refuse(
                    "has the id '" + id + "', which cannot be used; set @McpOperation(id = ...) to 1 to 64 letters,"
                            + " digits, '.', '-' or '_'");
        }
        if (!inputs.mistakes().isEmpty()) {
            inputs.mistakes().forEach(mistake -> mistakes.add(found.name() + " " + mistake));
            return Optional.empty();
        }
        Operation.Builder builder = Operation.builder(new OperationId(id), product.value(), httpMethod, path.template())
                .title(Descriptions.title(own, stated))
                .description(Descriptions.description(own, method))
                .body(inputs.body().orElse(null))
                .hints(hints(own, httpMethod))
                .scopes(Set.of(own.scopes()))
                .tags(Set.of(own.tags()));
        inputs.parameters().forEach(builder::parameter);
        responses
                .of(
                        typeOf(found, method),
                        Stream.of(annotated.getParameters())
                                .anyMatch(parameter -> parameter.isAnnotationPresent(Suspended.class)),
                        stated,
                        MediaTypes.produced(annotated, found.resource()))
                .forEach(builder::response);
        try {
            return Optional.of(builder.build());
        } catch (IllegalArgumentException e) {
            mistakes.add(found.name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a class takes whatever method of it is called. */
    BiConsumer<TemplatePath, Inputs> injectedInto(Class<?> resource) {
        return (path, inputs) ->
                new BeanReader(arguments).read(BeanReader.resolve(resource), path, arguments.ofValues(), inputs);
    }

    /** What a locator takes on the way to its sub-resource. */
    BiConsumer<TemplatePath, Inputs> takenBy(ResourceMethod locator) {
        return (path, inputs) ->
                readArguments(locator, ResourceAnnotations.annotated(locator.method()), path, inputs, false);
    }

    private void readArguments(
            ResourceMethod found, Method annotated, TemplatePath path, Inputs inputs, boolean mayHaveBody) {
        ResolvedType owner = BeanReader.resolve(found.resource());
        Method method = found.method();
        for (int i = 0; i < method.getParameterCount(); i++) {
            Annotations stated =
                    Annotations.of(method.getParameters()[i], annotated.getParameters()[i]);
            Argument argument = new Argument(
                    stated,
                    BeanReader.resolve(owner, method.getDeclaringClass(), method.getGenericParameterTypes()[i]),
                    method.getAnnotatedParameterTypes()[i],
                    KotlinArgument.of(method, i));
            if (!arguments.read(argument, path, arguments.ofValues(), inputs)
                    && !ArgumentReader.isProvided(stated)
                    && mayHaveBody) {
                body.read(
                        argument,
                        MediaTypes.consumed(annotated, found.resource()),
                        arguments.ofInsides(stated),
                        inputs);
            }
        }
    }

    private static ResolvedType typeOf(ResourceMethod found, Method method) {
        Class<?> returned = method.getReturnType();
        return returned == void.class
                ? BeanReader.resolve(Void.class)
                : BeanReader.resolve(
                        BeanReader.resolve(found.resource()),
                        method.getDeclaringClass(),
                        method.getGenericReturnType());
    }

    /** A variable that no argument takes is still part of every path; its expression is all that is known of it. */
    private static void addUnreadVariables(TemplatePath path, Inputs inputs) {
        for (Map.Entry<String, Optional<String>> variable : path.variables().entrySet()) {
            if (!inputs.holds(Location.PATH, variable.getKey())) {
                Schema schema = variable.getValue()
                        .flatMap(EcmaPattern::matchingWhole)
                        .map(pattern -> ArgumentReader.withPattern(Schema.STRING, pattern))
                        .orElse(Schema.STRING);
                inputs.add(new Parameter(variable.getKey(), Location.PATH, true, schema, ""));
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
