import io.mcpguard.apidoc.ApidocProcessor;

/** The annotation processor that keeps the Javadoc of operations. */
module io.mcpguard.apidoc {
    requires transitive java.compiler;
    requires static org.jspecify;

    exports io.mcpguard.apidoc;

    provides javax.annotation.processing.Processor with
            ApidocProcessor;
}
