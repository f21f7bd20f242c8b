package io.zinx.boot.test.app;

import org.springframework.stereotype.Service;

/**
 * No part of a slice.
 */
@Service
class Warehouse {

	String find(String item) {
		return "shelf of " + item;
	}

}
