package io.mcpguard.cli;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.Schema;
import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a service publishes, as its actuator endpoint {@code mcpguard} lists it. Schemas are not part of it. */
final class InventoryFile {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}/]+)}");
    private static final JsonLimits LIMITS = JsonLimits.DEFAULT.withMaxBytes(64 << 20);
    private static final Schema ANYTHING = new Schema("{}");

    private InventoryFile() {}

    static Catalog read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The inventory " + file + " cannot be read (" + e + ").", e);
        }
        if (!(new StrictJson(LIMITS).read(bytes) instanceof JsonReading.Document document)
                || !document.root().path("products").isArray()) {
            throw mistake(file, "is no inventory; save what the service's actuator endpoint mcpguard answers");
        }
        List<ProductOperations> products = new ArrayList<>();
        try {
            for (JsonNode product : document.root().path("products").values()) {
                products.add(product(product));
            }
            return Catalog.of(products);
        } catch (IllegalArgumentException | ConfigurationException e) {
            throw mistake(file, "is no inventory that makes sense: " + e.getMessage());
        }
    }

    private static ConfigurationException mistake(Path file, String text) {
        return new ConfigurationException("the inventory", "The file " + file + " " + text + ".");
    }

    private static ProductOperations product(JsonNode json) {
        Product product = new Product(text(json, "id"), json.path("name").asString(""), "", "");
        List<Operation> operations = new ArrayList<>();
        for (JsonNode operation : json.path("operations").values()) {
            operations.add(operation(product, operation));
        }
        return new ProductOperations(product, operations);
    }

    /** An inventory of an earlier release says nothing of effects; what the method implies is then all that is known. */
    private static Operation operation(Product product, JsonNode json) {
        String method = text(json, "method");
        Hints implied = Hints.ofMethod(method);
        String path = text(json, "path");
        Operation.Builder builder = Operation.builder(new OperationId(text(json, "id")), product.id(), method, path)
                .hints(new Hints(json.path("readOnly").asBoolean(implied.readOnly()), false, false))
                .tags(texts(json, "tags"))
                .scopes(texts(json, "scopes"));
        Matcher variables = VARIABLE.matcher(path);
        while (variables.find()) {
            builder.parameter(new Parameter(variables.group(1), Parameter.Location.PATH, true, ANYTHING, ""));
        }
        return builder.build();
    }

    private static String text(JsonNode json, String key) {
        if (!json.path(key).isString()) {
            throw new IllegalArgumentException("an entry has no '" + key + "'");
        }
        return json.path(key).asString();
    }

    private static Set<String> texts(JsonNode json, String key) {
        Set<String> texts = new HashSet<>();
        json.path(key).values().forEach(text -> texts.add(text.asString("")));
        return texts;
    }
}
