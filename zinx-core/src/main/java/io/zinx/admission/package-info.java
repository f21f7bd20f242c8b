/**
 * Admission of clients: the rules that apply before a client takes a slot, and the
 * policies of a full server. Users type {@link io.zinx.admission.MaxConnPolicy} and
 * {@link io.zinx.admission.ConnectionSettings}; the rest, from
 * {@link io.zinx.admission.ConnectionAcceptor} on, is internal.
 */
@NullMarked
package io.zinx.admission;

import org.jspecify.annotations.NullMarked;
