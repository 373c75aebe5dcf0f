package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.annotation.McpHidden;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.ReservedHeaders;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.Constraints;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.EcmaPattern;
import io.mcpguard.schema.KotlinArgument;
import io.mcpguard.schema.Validation;
import io.mcpguard.schema.ValueSchema;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads one argument of a resource method, or one field or property of a resource or bean class. */
final class ArgumentReader {

    private static final JsonMapper JSON = new JsonMapper();

    private final BeanReader beans = new BeanReader(this);
    private final boolean validates;

    /**
     * Makes the reader.
     *
     * @param validates whether the service checks constraints of Jakarta Validation
     */
    ArgumentReader(boolean validates) {
        this.validates = validates;
    }

    /** What is validated of the values themselves. */
    Validation ofValues() {
        return validates ? Validation.DEFAULT : Validation.NONE;
    }

    /** What is validated of the insides of an argument. */
    Validation ofInsides(Annotations stated) {
        return validates ? Validation.of(stated) : Validation.NONE;
    }

    /** Whether JAX-RS or the service makes the argument, so that it is no input and no body either. */
    static boolean isProvided(Annotations stated) {
        return isHidden(stated)
                || Stream.of(stated.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(type -> type == Context.class
                                || type == Suspended.class
                                || type.getName().equals("jakarta.inject.Inject"));
    }

    private static boolean isHidden(Annotations stated) {
        return direct(stated, McpHidden.class).isPresent() || Descriptions.hidden(stated);
    }

    /**
     * Reads an argument.
     *
     * @param argument what is known of it
     * @param path the path of the operation
     * @param validation what is validated of it
     * @param inputs where what is found goes
     * @return false when no annotation of JAX-RS says where it comes from
     */
    boolean read(Argument argument, TemplatePath path, Validation validation, Inputs inputs) {
        Annotations stated = argument.stated();
        Optional<PathParam> variable = direct(stated, PathParam.class);
        Optional<QueryParam> query = direct(stated, QueryParam.class);
        Optional<HeaderParam> header = direct(stated, HeaderParam.class);
        Optional<FormParam> field = direct(stated, FormParam.class);
        if (variable.isPresent()) {
            readVariable(variable.get().value(), argument, path, validation, inputs);
        } else if (query.isPresent()) {
            readNamed(query.get().value(), Location.QUERY, argument, validation, inputs);
        } else if (header.isPresent()) {
            // One by which something is decided is not the caller's to set: the service sees that of the call.
            if (!ReservedHeaders.contains(header.get().value())) {
                readNamed(header.get().value(), Location.HEADER, argument, validation, inputs);
            }
        } else if (field.isPresent()) {
            readField(field.get().value(), argument, validation, inputs);
        } else if (direct(stated, BeanParam.class).isPresent()) {
            beans.read(argument.type(), path, ofInsides(stated), inputs);
        } else if (direct(stated, MatrixParam.class).isPresent()) {
            refuseUnlessHidden(
                    stated,
                    "takes a matrix parameter, which a path of an operation cannot hold; take it as a query parameter",
                    inputs);
        } else if (direct(stated, CookieParam.class).isPresent()) {
            refuseUnlessHidden(
                    stated,
                    "takes a cookie, and cookies are not sent for AI clients; take the value as a header, or put @McpHidden"
                            + " on the argument if the method can do without",
                    inputs);
        } else {
            return false;
        }
        return true;
    }

    private static void refuseUnlessHidden(Annotations stated, String mistake, Inputs inputs) {
        if (!isHidden(stated)) {
            inputs.refuse(mistake);
        }
    }

    private static void readVariable(
            String name, Argument argument, TemplatePath path, Validation validation, Inputs inputs) {
        if (!path.variables().containsKey(name)) {
            // A variable of another path of the class; the service gives it no value either.
            return;
        }
        if (isHidden(argument.stated())) {
            inputs.refuse("hides the path variable '" + name + "', which every call needs; take @McpHidden off it");
        }
        Schema schema = ValueSchema.of(
                        Values.isSeveral(argument.type())
                                ? String.class
                                : Values.unwrapped(argument.type()).getErasedType())
                .constrained(argument.stated(), validation)
                .schema();
        Optional<String> pattern = path.variables().get(name).flatMap(EcmaPattern::matchingWhole);
        inputs.add(new Parameter(
                name,
                Location.PATH,
                true,
                pattern.isPresent() ? withPattern(schema, pattern.get()) : schema,
                Descriptions.description(argument.stated())));
    }

    /** The template's own expression, where the value is text and nothing else is known of its form. */
    static Schema withPattern(Schema schema, String pattern) {
        if (JSON.readTree(schema.json()) instanceof ObjectNode object
                && object.path("type").asString("").equals("string")
                && !object.has("pattern")
                && !object.has("enum")) {
            return new Schema(object.put("pattern", pattern).toString());
        }
        return schema;
    }

    private static void readNamed(
            String name, Location location, Argument argument, Validation validation, Inputs inputs) {
        boolean required = isRequired(argument, validation);
        if (isHidden(argument.stated())) {
            refuseHidden(name, required, inputs);
            return;
        }
        inputs.add(new Parameter(
                name,
                location,
                required,
                valueOf(argument, validation).schema(),
                Descriptions.description(argument.stated())));
    }

    private static void readField(String name, Argument argument, Validation validation, Inputs inputs) {
        boolean required = isRequired(argument, validation);
        if (isHidden(argument.stated())) {
            refuseHidden(name, required, inputs);
            return;
        }
        String type = argument.type().getErasedType().getName();
        if (type.equals("jakarta.ws.rs.core.EntityPart") || type.equals("java.io.InputStream")) {
            inputs.refuse(
                    "takes a file upload (" + name + "), which cannot be an operation yet; take @McpOperation off it");
            return;
        }
        JsonNode schema = JSON.readTree(valueOf(argument, validation).schema().json());
        inputs.field(name, required, schema, Descriptions.description(argument.stated()));
    }

    private static ValueSchema valueOf(Argument argument, Validation validation) {
        ValueSchema schema = Values.of(argument.type()).constrained(argument.stated(), validation);
        AnnotatedType declared = argument.declared();
        if (declared instanceof AnnotatedParameterizedType several
                && several.getAnnotatedActualTypeArguments().length == 1
                && Values.isSeveral(argument.type())) {
            schema.itemsConstrained(several.getAnnotatedActualTypeArguments()[0], validation);
        }
        // JAX-RS takes the text as one value, also where several are possible.
        defaultOf(argument.stated())
                .filter(text -> !Values.isSeveral(argument.type()) || text.indexOf(',') < 0)
                .ifPresent(schema::absent);
        return schema;
    }

    /** Nothing is required by JAX-RS itself: what is absent is null, empty or zero. */
    private static boolean isRequired(Argument argument, Validation validation) {
        return defaultOf(argument.stated()).isEmpty()
                && (Constraints.refuseNull(argument.stated(), validation) || isNullRefused(argument));
    }

    /** Kotlin refuses the null that JAX-RS gives it, even where it has a default: JAX-RS does not know of that. */
    private static boolean isNullRefused(Argument argument) {
        return argument.kotlin().filter(known -> !known.nullable()).isPresent()
                && !argument.type().isPrimitive()
                && !Values.isSeveral(argument.type());
    }

    private static void refuseHidden(String name, boolean required, Inputs inputs) {
        if (required) {
            inputs.refuse("hides '" + name + "', which every call needs; take @McpHidden off it or make it optional");
        }
    }

    private static Optional<String> defaultOf(Annotations stated) {
        return direct(stated, DefaultValue.class).map(DefaultValue::value);
    }

    /** Annotations of JAX-RS count where they stand, not on annotations that carry them. */
    private static <A extends Annotation> Optional<A> direct(Annotations stated, Class<A> type) {
        return Stream.of(stated.getAnnotations())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /**
     * An argument, field or property.
     *
     * @param stated its annotations
     * @param type its type, generics resolved
     * @param declared its type as written, for what stands on type arguments
     * @param kotlin what Kotlin says of it, if it is an argument in Kotlin
     */
    record Argument(
            Annotations stated, ResolvedType type, @Nullable AnnotatedType declared, Optional<KotlinArgument> kotlin) {}
}
