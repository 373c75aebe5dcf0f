package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Parameter.Location;
import io.mcpguard.catalog.Schema;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The query parameters of Spring Data's {@code Pageable} and {@code Sort} arguments.
 *
 * <p>Recognized by class name, so that Spring Data is not needed. The parameter names are the ones the service has set on
 * its resolvers.
 */
final class Paging {

    private static final String PACKAGE = "org.springframework.data.web.";

    private Paging() {}

    /**
     * Adds the parameters if the argument is for paging or sorting; any other argument is no input.
     *
     * @param resolver the resolver that will make the argument
     * @param argument the argument
     * @param annotations its annotations
     * @param inputs where the parameters go
     */
    static void read(
            HandlerMethodArgumentResolver resolver,
            MethodParameter argument,
            MergedAnnotations annotations,
            Inputs inputs) {
        String name = resolver.getClass().getName();
        if (name.equals(PACKAGE + "SortHandlerMethodArgumentResolver")) {
            sort(resolver, prefix(annotations), inputs);
        } else if (name.startsWith(PACKAGE) && name.endsWith("PageableHandlerMethodArgumentResolver")) {
            DirectFieldAccessor fields = new DirectFieldAccessor(resolver);
            boolean fromOne = Boolean.TRUE.equals(fields.getPropertyValue("oneIndexedParameters"));
            String prefix = fields.getPropertyValue("prefix") + prefix(annotations);
            ObjectNode page = typed("integer").put("minimum", fromOne ? 1 : 0);
            ObjectNode size = typed("integer").put("minimum", 1);
            annotations
                    .get(PACKAGE + "PageableDefault")
                    .getValue("size", Integer.class)
                    .ifPresent(value -> size.put("default", value));
            inputs.add(query(
                    prefix + fields.getPropertyValue("pageParameterName"),
                    page,
                    "Page to return, counted from " + (fromOne ? 1 : 0)));
            inputs.add(query(prefix + fields.getPropertyValue("sizeParameterName"), size, "Entries a page"));
            Object sortResolver = fields.getPropertyValue("sortResolver");
            if (sortResolver != null) {
                sort(sortResolver, prefix(annotations), inputs);
            }
        }
    }

    private static void sort(Object resolver, String prefix, Inputs inputs) {
        ObjectNode schema = typed("array");
        schema.set("items", typed("string"));
        inputs.add(query(
                prefix + new DirectFieldAccessor(resolver).getPropertyValue("sortParameter"),
                schema,
                "Properties to sort by, each as 'property' or 'property,desc'"));
    }

    /** With a qualifier, the parameters of one of several Pageables of a method start with it. */
    private static String prefix(MergedAnnotations annotations) {
        String qualifier = annotations
                .get("org.springframework.beans.factory.annotation.Qualifier")
                .getValue("value", String.class)
                .orElse("");
        return qualifier.isEmpty() ? "" : qualifier + "_";
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static Parameter query(String name, ObjectNode schema, String description) {
        return new Parameter(name, Location.QUERY, false, new Schema(schema.toString()), description);
    }
}
