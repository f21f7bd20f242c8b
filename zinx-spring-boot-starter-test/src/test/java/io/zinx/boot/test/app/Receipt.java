package io.zinx.boot.test.app;

record Receipt(String text) {

}
