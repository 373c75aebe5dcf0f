package io.mcpguard.apidoc;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * Writes the Javadoc of operations, of their products, and of the types that they take and return, as resources.
 *
 * <p>One resource for a class that has something to say, made from that class alone, the same in every build. A class from
 * another jar has no comments any more; it is described if it was compiled with this processor where it comes from. Only our
 * own annotations are claimed, so other processors see everything that they would without this one.
 *
 * <p>Not declared incremental to Gradle, on purpose: in an incremental build a processor is given classes without their
 * comments, and what was known of them would be lost.
 *
 * @since 0.1
 */
public final class ApidocProcessor extends AbstractProcessor {

    private static final String OPERATION = "io.mcpguard.annotation.McpOperation";
    private static final String PRODUCT = "io.mcpguard.annotation.McpProduct";
    private static final String FOLDER = "META-INF/mcp-guard/apidoc/";

    private final Set<String> written = new HashSet<>();

    /** For the compiler. */
    public ApidocProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(OPERATION, PRODUCT);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** Claims our annotations, on purpose: unclaimed, each of them is a warning under {@code -Xlint:processing}. */
    @Override
    @SuppressWarnings("DoNotClaimAnnotations")
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        DocumentedTypes types = new DocumentedTypes(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        for (TypeElement annotation : annotations) {
            round.getElementsAnnotatedWith(annotation).forEach(types::add);
        }
        types.found().forEach(this::write);
        return true;
    }

    private void write(TypeElement type, Map<String, String> texts) {
        String name = processingEnv.getElementUtils().getBinaryName(type).toString();
        if (texts.isEmpty() || !written.add(name)) {
            return;
        }
        try {
            FileObject resource = processingEnv
                    .getFiler()
                    .createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + name + ".properties", (Element) type);
            try (Writer writer = resource.openWriter()) {
                for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                    writer.write(escaped(text.getKey()) + "=" + escaped(text.getValue()) + "\n");
                }
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR, "cannot keep the Javadoc of " + name + ": " + e.getMessage(), type);
        }
    }

    /** As java.util.Properties reads it, in ASCII, so that no encoding matters. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', '=', ':', '#', '!' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (c == ' ' && i == 0) {
                        escaped.append("\\ ");
                    } else if (c < ' ' || c > '~') {
                        escaped.append(String.format("\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
