package io.zinx.it.minimal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with the starter alone.
 */
@SpringBootApplication
public class MinimalApplication {

	/**
	 * Run it.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(MinimalApplication.class, args);
	}

}
