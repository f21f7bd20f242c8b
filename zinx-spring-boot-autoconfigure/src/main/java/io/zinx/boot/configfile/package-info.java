/**
 * The import of a Go Zinx server's {@code zinx.json}: start reading at
 * {@code ZinxJsonEnvironmentPostProcessor}; {@code ZinxJsonKey} says what becomes of each
 * key. Internal.
 */
@NullMarked
package io.zinx.boot.configfile;

import org.jspecify.annotations.NullMarked;
