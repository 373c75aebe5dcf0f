package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.ProductOperations;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.web.PageableHandlerMethodArgumentResolver;
import org.springframework.data.web.SortHandlerMethodArgumentResolver;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs discovery over controllers in a real MVC context without a server. */
final class Discovery {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Discovery() {}

    static List<ProductOperations> of(Class<?>... controllers) {
        return with("", JSON, controllers);
    }

    static List<ProductOperations> with(String prefix, JsonMapper mapper, Class<?>... controllers) {
        try (AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext()) {
            context.setServletContext(new MockServletContext());
            context.register(Web.class);
            context.register(controllers);
            context.refresh();
            MvcOperationSource source = new MvcOperationSource(
                    context.getBeansOfType(RequestMappingHandlerMapping.class).values(),
                    context.getBeansOfType(RequestMappingHandlerAdapter.class).values(),
                    mapper,
                    prefix,
                    context.getEnvironment()::resolvePlaceholders);
            return source.published();
        }
    }

    static Operation operation(String id, Class<?>... controllers) {
        return operation(id, of(controllers));
    }

    static Operation operation(String id, List<ProductOperations> published) {
        return published.stream()
                .flatMap(product -> product.operations().stream())
                .filter(operation -> operation.id().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode schemaOf(Operation operation, String parameter) {
        return JSON.readTree(parameterOf(operation, parameter).schema().json());
    }

    static Parameter parameterOf(Operation operation, String name) {
        return operation.parameters().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode bodyOf(Operation operation) {
        return JSON.readTree(operation.body().orElseThrow().schema().json());
    }

    static JsonNode responseOf(Operation operation) {
        return JSON.readTree(operation.responses().get(0).schema().orElseThrow().json());
    }

    static JsonNode json(String singleQuoted) {
        return JSON.readTree(singleQuoted.replace('\'', '"'));
    }

    @Configuration
    @EnableWebMvc
    static class Web implements WebMvcConfigurer {

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(new SortHandlerMethodArgumentResolver());
            resolvers.add(new PageableHandlerMethodArgumentResolver());
        }
    }
}
