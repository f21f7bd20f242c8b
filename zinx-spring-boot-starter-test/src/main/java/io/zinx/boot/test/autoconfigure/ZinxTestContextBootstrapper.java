package io.zinx.boot.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Bootstraps the context of a {@link ZinxTest @ZinxTest}.
 */
final class ZinxTestContextBootstrapper extends TestSliceTestContextBootstrapper<ZinxTest> {

}
