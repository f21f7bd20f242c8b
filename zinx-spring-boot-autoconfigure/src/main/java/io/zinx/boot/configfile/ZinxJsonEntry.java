package io.zinx.boot.configfile;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * One member of the object in the file.
 *
 * @param key as it is spelled there
 * @param value a string's text, or a number or boolean as it is spelled there;
 * {@code null} for any other type
 * @param token a description of the value, for messages
 * @param line the value's line, from 1
 * @param origin the value's place in the file
 */
record ZinxJsonEntry(String key, @Nullable String value, String token, int line, Origin origin) {
}
