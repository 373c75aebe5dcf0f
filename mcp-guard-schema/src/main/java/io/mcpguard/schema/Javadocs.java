package io.mcpguard.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.StringJoiner;

/** What mcp-guard-apidoc has kept of the Javadoc of a service, if it was compiled with it. */
final class Javadocs {

    private static final String FOLDER = "/META-INF/mcp-guard/apidoc/";

    private Javadocs() {}

    static String ofType(Class<?> type) {
        return text(type, "type");
    }

    /** The nearest comment, of the method itself or of one it overrides or implements. */
    static String ofMethod(Method method) {
        return ofMethod(method, "");
    }

    static String ofParameter(Method method, int index) {
        return ofMethod(method, "." + index);
    }

    static String ofProperty(Class<?> type, String name) {
        return text(type, "property." + name);
    }

    private static String ofMethod(Method method, String part) {
        for (Method declared : Annotations.overridden(method)) {
            StringJoiner signature = new StringJoiner(",", "method." + declared.getName() + "(", ")");
            for (Class<?> parameter : declared.getParameterTypes()) {
                signature.add(String.valueOf(parameter.getCanonicalName()));
            }
            String text = text(declared.getDeclaringClass(), signature + part);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String text(Class<?> type, String key) {
        try (InputStream resource = type.getResourceAsStream(FOLDER + type.getName() + ".properties")) {
            if (resource == null) {
                return "";
            }
            Properties texts = new Properties();
            texts.load(new InputStreamReader(resource, StandardCharsets.ISO_8859_1));
            return texts.getProperty(key, "");
        } catch (IOException e) {
            throw new UncheckedIOException("could not read what Javadoc says of " + type.getName(), e);
        }
    }
}
