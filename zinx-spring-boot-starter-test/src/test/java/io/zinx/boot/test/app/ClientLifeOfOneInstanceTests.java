package io.zinx.boot.test.app;

import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientLifeOfOneInstanceTests extends ClientLifeContract {

}
