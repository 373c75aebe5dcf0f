package io.mcpguard.cli;

import io.mcpguard.catalog.Hints;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.core.catalog.Catalog;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is known of an operation: an inventory of the service, or what is said of it on the command line. */
final class KnownOperations {

    @Option(
            names = "--inventory",
            required = true,
            paramLabel = "FILE",
            description = "What the service publishes, as its actuator endpoint mcpguard lists it.")
    private @Nullable Path inventory;

    @ArgGroup(exclusive = false)
    private @Nullable Said said;

    static final class Said {

        @Option(
                names = "--product",
                required = true,
                paramLabel = "ID",
                description = "Its product, where there is no" + " inventory.")
        private String product = "";

        @Option(
                names = "--method",
                required = true,
                paramLabel = "METHOD",
                description = "Its HTTP method, in upper case.")
        private String method = "";

        @Option(names = "--tag", paramLabel = "TAG", description = "A tag it carries; may be given several times.")
        private List<String> tags = List.of();

        @Option(
                names = "--read-only",
                negatable = true,
                paramLabel = "true|false",
                description = "That it changes nothing (default: as its method implies).")
        private @Nullable Boolean readOnly;
    }

    Catalog catalog(String operationId, CommandLine line) {
        if (inventory != null) {
            return InventoryFile.read(inventory);
        }
        Said it = said == null ? new Said() : said;
        try {
            Product product = new Product(it.product, it.product, "", "");
            boolean readOnly = it.readOnly == null ? Hints.ofMethod(it.method).readOnly() : it.readOnly;
            Operation operation = Operation.builder(
                            new OperationId(operationId), it.product, it.method, "/" + operationId)
                    .hints(new Hints(readOnly, false, false))
                    .tags(new LinkedHashSet<>(it.tags))
                    .build();
            return Catalog.of(List.of(new ProductOperations(product, List.of(operation))));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }
}
