package io.mcpguard.core.catalog;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.JDKRegularExpressionFactory;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/**
 * Runs the patterns of schemas on RE2/J, whose time is linear in the input.
 *
 * <p>A pattern that RE2/J does not know (look-around, back references) runs on the JDK's engine, as it does in the service
 * itself; such a pattern can take exponential time on an input made for it.
 */
final class LinearPatterns implements RegularExpressionFactory {

    private final RegularExpressionFactory fallback = JDKRegularExpressionFactory.getInstance();

    @Override
    public RegularExpression getRegularExpression(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            return fallback.getRegularExpression(regex);
        }
    }
}
