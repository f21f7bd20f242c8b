package io.zinx.boot.test.app;

import jakarta.validation.constraints.NotBlank;

record Purchase(@NotBlank String item, int count) {

}
