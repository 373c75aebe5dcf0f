package io.mcpguard.spring.mvc;

import io.mcpguard.annotation.McpHidden;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Constraints;
import io.mcpguard.schema.Descriptions;
import io.mcpguard.schema.KotlinArgument;
import io.mcpguard.schema.Validation;
import io.mcpguard.schema.ValueSchema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.MediaType;
import org.springframework.util.ClassUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.annotation.AbstractCookieValueMethodArgumentResolver;
import org.springframework.web.method.annotation.ModelAttributeMethodProcessor;
import org.springframework.web.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.support.MultipartResolutionDelegate;
import org.springframework.web.servlet.mvc.method.annotation.HttpEntityMethodProcessor;
import org.springframework.web.servlet.mvc.method.annotation.MatrixVariableMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.PathVariableMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestPartMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor;

/**
 * Reads the arguments of a handler method the way Spring will: the first resolver that supports an argument says where it
 * comes from.
 *
 * <p>An argument of a resolver that is none of Spring's for request values (a principal, a session, the service's own) is
 * made by the service itself and is no input.
 */
final class HandlerArguments {

    private final List<HandlerMethodArgumentResolver> resolvers;
    private final BodySchemas bodies;
    private final UnaryOperator<String> placeholders;
    private final boolean validating;

    /**
     * Prepares the reading.
     *
     * @param resolvers the argument resolvers of the service in their order
     * @param bodies makes the schema of a body
     * @param placeholders resolves placeholders in names and defaults, as Spring does
     */
    HandlerArguments(
            List<HandlerMethodArgumentResolver> resolvers, BodySchemas bodies, UnaryOperator<String> placeholders) {
        this.resolvers = resolvers;
        this.bodies = bodies;
        this.placeholders = placeholders;
        ClassLoader loader = ClassUtils.getDefaultClassLoader();
        this.validating = loader != null && Validation.isPossible(loader);
    }

    /**
     * Reads one argument.
     *
     * @param argument the argument, with the annotations of interfaces merged in
     * @param path the path of the method
     * @param consumes media types the method accepts, possibly empty
     * @param inputs where what is found goes
     */
    void read(MethodParameter argument, OperationPath path, List<MediaType> consumes, Inputs inputs) {
        argument.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        HandlerMethodArgumentResolver resolver = resolvers.stream()
                .filter(candidate -> candidate.supportsParameter(argument))
                .findFirst()
                .orElse(null);
        MethodParameter value = argument.nestedIfOptional();
        MergedAnnotations annotations = MergedAnnotations.from(argument.getParameterAnnotations());
        if (MultipartResolutionDelegate.isMultipartArgument(argument)
                || resolver instanceof RequestPartMethodArgumentResolver) {
            inputs.refuse("takes a file upload (" + nameOf(argument, "")
                    + "), which cannot be an operation yet; take @McpOperation off it");
        } else if (resolver instanceof PathVariableMethodArgumentResolver) {
            readPathVariable(value, annotations, path, inputs);
        } else if (resolver instanceof RequestHeaderMethodArgumentResolver) {
            readNamed(argument, Location.HEADER, annotations.get(RequestHeader.class), inputs);
        } else if (resolver instanceof AbstractCookieValueMethodArgumentResolver) {
            MergedAnnotation<CookieValue> cookie = annotations.get(CookieValue.class);
            if (requires(argument, cookie.getBoolean("required"), defaultOf(cookie))) {
                inputs.refuse("requires the cookie '" + nameOf(argument, cookie.getString("name"))
                        + "', and cookies are not sent for AI clients; make it optional or take the value as a header");
            }
        } else if (resolver instanceof MatrixVariableMethodArgumentResolver) {
            inputs.refuse(
                    "takes a matrix variable, which a path of an operation cannot hold; take it as a query parameter");
        } else if (resolver instanceof RequestParamMethodArgumentResolver) {
            readNamed(argument, Location.QUERY, annotations.get(RequestParam.class), inputs);
        } else if (resolver instanceof RequestResponseBodyMethodProcessor) {
            boolean required = annotations
                            .get(org.springframework.web.bind.annotation.RequestBody.class)
                            .getBoolean("required")
                    && !argument.isOptional();
            readBody(value, value.getNestedGenericParameterType(), required, consumes, inputs);
        } else if (resolver instanceof HttpEntityMethodProcessor) {
            ResolvableType entity = ResolvableType.forMethodParameter(argument);
            if (entity.hasGenerics() && entity.getGeneric(0).resolve(Object.class) != Void.class) {
                readBody(argument, entity.getGeneric(0).getType(), false, consumes, inputs);
            }
        } else if (resolver instanceof ModelAttributeMethodProcessor) {
            readModel(argument, value, annotations, inputs);
        } else if (resolver != null) {
            Paging.read(resolver, argument, annotations, inputs);
        } else {
            inputs.refuse("has an argument that Spring cannot resolve: " + nameOf(argument, ""));
        }
    }

    private void readPathVariable(
            MethodParameter value, MergedAnnotations annotations, OperationPath path, Inputs inputs) {
        String name = nameOf(value, annotations.get(PathVariable.class).getString("name"));
        if (!path.variables().containsKey(name)) {
            // An optional variable of another path of the method.
            return;
        }
        if (isHidden(value)) {
            inputs.refuse("hides the path variable '" + name + "', which every call needs; take @McpHidden off it");
        }
        inputs.add(new Parameter(
                name,
                Location.PATH,
                true,
                SpringValues.of(ResolvableType.forMethodParameter(value), stated(value), checked(value))
                        .schema(),
                describe(value)));
    }

    private void readNamed(MethodParameter argument, Location location, MergedAnnotation<?> annotation, Inputs inputs) {
        String name = nameOf(argument, annotation.getValue("name", String.class).orElse(""));
        MethodParameter value = argument.nestedIfOptional();
        if (Map.class.isAssignableFrom(value.getNestedParameterType())) {
            return;
        }
        String defaultValue = defaultOf(annotation);
        boolean declared = annotation.getValue("required", Boolean.class).orElse(false);
        boolean required = requires(argument, declared, defaultValue)
                || (Constraints.refuseNull(stated(argument), checked(argument)) && defaultValue == null);
        if (isHidden(argument)) {
            if (required) {
                inputs.refuse(
                        "hides '" + name + "', which every call needs; take @McpHidden off it or make it optional");
            }
            return;
        }
        ValueSchema schema =
                SpringValues.of(ResolvableType.forMethodParameter(value), stated(argument), checked(argument));
        if (argument.getParameter().getAnnotatedType() instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments().length == 1) {
            schema.itemsConstrained(list.getAnnotatedActualTypeArguments()[0], checked(argument));
        }
        if (defaultValue != null) {
            schema.absent(defaultValue);
        }
        inputs.add(new Parameter(name, location, required, schema.schema(), describe(argument)));
    }

    private void readBody(
            MethodParameter argument,
            java.lang.reflect.Type declared,
            boolean required,
            List<MediaType> consumes,
            Inputs inputs) {
        ResolvableType type = ResolvableType.forType(declared, ResolvableType.forClass(argument.getContainingClass()));
        Class<?> raw = type.resolve(Object.class);
        if (isHidden(argument)) {
            if (required) {
                inputs.refuse("hides its body, which every call needs; take @McpHidden off it or make it optional");
            }
            return;
        }
        if (MultiValueMap.class.isAssignableFrom(raw)) {
            inputs.refuse("takes a form as its body, which cannot be an operation yet; take its fields as parameters");
            return;
        }
        if (raw == byte[].class || BinaryTypes.isBinary(raw)) {
            inputs.refuse("takes a binary body, which cannot be an operation yet; take @McpOperation off it");
            return;
        }
        if (raw == String.class) {
            MediaType text = consumes.isEmpty() ? MediaType.TEXT_PLAIN : consumes.get(0);
            inputs.body(new RequestBody(required, text.toString(), Schema.STRING));
            return;
        }
        MediaType json = consumes.isEmpty()
                ? MediaType.APPLICATION_JSON
                : consumes.stream().filter(BinaryTypes::isJson).findFirst().orElse(null);
        if (json == null) {
            inputs.refuse("takes its body as " + consumes + ", and only JSON and text can be sent; add "
                    + MediaType.APPLICATION_JSON_VALUE + " to consumes");
            return;
        }
        inputs.body(new RequestBody(
                required,
                json.isConcrete() ? json.toString() : MediaType.APPLICATION_JSON_VALUE,
                bodies.request(type.getType(), insideOf(argument))));
    }

    private void readModel(
            MethodParameter argument, MethodParameter value, MergedAnnotations annotations, Inputs inputs) {
        boolean binding = annotations
                .get(ModelAttribute.class)
                .getValue("binding", Boolean.class)
                .orElse(true);
        Class<?> type = value.getNestedParameterType();
        if (!binding || isHidden(argument)) {
            return;
        }
        if (BeanUtils.isSimpleProperty(type) || type.isInterface()) {
            return;
        }
        new ModelParameters(inputs, insideOf(argument)).add(ResolvableType.forMethodParameter(value));
    }

    /**
     * A primitive other than boolean has no value for "absent", so Spring fails without it. Kotlin fails where its type has none,
     * whatever Spring is told, and knows a default itself.
     */
    private static boolean requires(MethodParameter argument, boolean declared, @Nullable String defaultValue) {
        if (defaultValue != null) {
            return false;
        }
        Optional<KotlinArgument> kotlin = KotlinArgument.of(argument.getExecutable(), argument.getParameterIndex());
        if (kotlin.isPresent() && kotlin.get().optional()) {
            return false;
        }
        Class<?> type = argument.getParameterType();
        if (type.isPrimitive()) {
            return declared || type != boolean.class;
        }
        return (declared && !argument.isOptional())
                || kotlin.map(KotlinArgument::demanded).orElse(false);
    }

    private @Nullable String defaultOf(MergedAnnotation<?> annotation) {
        String value = annotation.getValue("defaultValue", String.class).orElse(ValueConstants.DEFAULT_NONE);
        return value.equals(ValueConstants.DEFAULT_NONE) ? null : placeholders.apply(value);
    }

    private String nameOf(MethodParameter argument, String declared) {
        if (!declared.isEmpty()) {
            return placeholders.apply(declared);
        }
        String discovered = argument.getParameterName();
        return discovered == null ? "argument " + argument.getParameterIndex() : discovered;
    }

    private static boolean isHidden(MethodParameter argument) {
        return argument.hasParameterAnnotation(McpHidden.class) || Descriptions.hidden(stated(argument));
    }

    /** What is validated of the argument itself: the groups that its method or class names, else the default one. */
    private Validation checked(MethodParameter argument) {
        if (!validating) {
            return Validation.NONE;
        }
        Validated stated = argument.getMethodAnnotation(Validated.class);
        if (stated == null) {
            stated = AnnotatedElementUtils.findMergedAnnotation(argument.getContainingClass(), Validated.class);
        }
        return stated == null || stated.value().length == 0 ? Validation.DEFAULT : Validation.ofGroups(stated.value());
    }

    /** What is validated of the properties of the argument. */
    private Validation insideOf(MethodParameter argument) {
        return validating ? Validation.of(stated(argument)) : Validation.NONE;
    }

    private static String describe(MethodParameter argument) {
        Method method = argument.getMethod();
        return method == null
                ? Descriptions.description(stated(argument))
                : Descriptions.parameter(method, argument.getParameterIndex(), stated(argument));
    }

    private static Annotations stated(MethodParameter argument) {
        return Annotations.of(argument.getParameterAnnotations());
    }
}
