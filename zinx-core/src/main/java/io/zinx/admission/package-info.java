/**
 * The admission of clients: rules that are asked before a client takes a slot, and
 * policies for a full server. Users type {@link io.zinx.admission.MaxConnPolicy} and
 * {@link io.zinx.admission.ConnectionSettings}; the rest is internal.
 */
@NullMarked
package io.zinx.admission;

import org.jspecify.annotations.NullMarked;
