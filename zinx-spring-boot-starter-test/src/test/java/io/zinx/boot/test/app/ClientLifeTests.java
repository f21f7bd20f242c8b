package io.zinx.boot.test.app;

import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class ClientLifeTests extends ClientLifeContract {

}
