/**
 * Makes JSON Schemas of Java types, and descriptions of the annotations that a service carries already.
 *
 * <p>Every mount reads its operations with this package, so that a type looks the same to a model whichever framework serves
 * it. Nothing is promised that the service does not hold: a constraint that is not validated is not in the schema.
 * Jakarta Validation, Swagger's annotations and Kotlin are read where they are, and needed nowhere.
 */
@NullMarked
package io.mcpguard.schema;

import org.jspecify.annotations.NullMarked;
