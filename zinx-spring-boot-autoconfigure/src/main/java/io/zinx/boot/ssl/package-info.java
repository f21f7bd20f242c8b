/**
 * TLS with Spring Boot's SSL bundles. Users type {@link io.zinx.boot.ssl.ClientAuth}; the
 * rest is internal.
 */
@NullMarked
package io.zinx.boot.ssl;

import org.jspecify.annotations.NullMarked;
