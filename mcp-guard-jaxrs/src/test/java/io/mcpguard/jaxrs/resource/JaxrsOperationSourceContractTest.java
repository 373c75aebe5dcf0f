package io.mcpguard.jaxrs.resource;

import io.mcpguard.catalog.OperationSource;
import io.mcpguard.jaxrs.resource.Mistakes.NoMethod;
import io.mcpguard.jaxrs.resource.Mistakes.NoProduct;
import io.mcpguard.jaxrs.resource.Mistakes.Twin;
import io.mcpguard.jaxrs.testbed.Items;
import io.mcpguard.testkit.contract.OperationSourceContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;

@Tag("once")
class JaxrsOperationSourceContractTest extends OperationSourceContract {

    @Override
    protected OperationSource newSource() {
        JaxrsOperationSource source = JaxrsOperationSource.of(Items.class).build();
        source.check();
        return source;
    }

    @Override
    protected Set<String> marked() {
        return Set.of(
                "get",
                "list-items",
                "create",
                "reprice",
                "delete",
                "search",
                "later",
                "soon",
                "who",
                "big",
                "unwritable",
                "read-note");
    }

    @Override
    protected Set<String> unmarked() {
        return Set.of("GET /items/purge");
    }

    @Override
    protected Map<String, OperationSource> mistaken() {
        return Map.of(
                "NoProduct.lost()", JaxrsOperationSource.of(NoProduct.class).build(),
                "NoMethod.lost()", JaxrsOperationSource.of(NoMethod.class).build(),
                "Twin.twin()", JaxrsOperationSource.of(Twin.class).build());
    }
}
