package io.zinx.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of an application's handlers alone, against a server in memory:
 *
 * <pre class="code">
 * &#064;ZinxTest(Orders.class)
 * class OrdersTests {
 *
 *     &#064;MockitoBean
 *     Warehouse warehouse;
 *
 *     &#064;Test
 *     void answersOrders(&#064;Autowired ZinxTestClient client) {
 *         assertThat(client.exchange(7, new Purchase("tea", 3))).hasText("ok");
 *     }
 *
 * }</pre>
 *
 * Of the application's components it includes beans with {@code @ZinxRouter},
 * {@code @ZinxAdvice} beans, interceptors, connection listeners, route registrars,
 * codecs, converters and customizers; no services or repositories, which must be mocked
 * or imported. Of auto-configuration, it includes what handlers need, see
 * {@link AutoConfigureZinx}. The properties of the application apply.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(ZinxTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(ZinxTypeExcludeFilter.class)
@AutoConfigureZinx
@AutoConfigureInMemoryZinx
@ImportAutoConfiguration
public @interface ZinxTest {

	/**
	 * Properties for this test, in the form {@code name=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * An alias of {@link #routers()}.
	 * @return classes of beans with {@code @ZinxRouter}
	 */
	@AliasFor("routers")
	Class<?>[] value() default {};

	/**
	 * The routers to test. Other beans with {@code @ZinxRouter} are not created then.
	 * @return classes of beans with {@code @ZinxRouter}; all of them by default
	 */
	@AliasFor("value")
	Class<?>[] routers() default {};

	/**
	 * Includes the beans that belong to handlers. If {@code false}, only those of
	 * {@link #includeFilters()} are included.
	 * @return {@code true} by default
	 */
	boolean useDefaultFilters() default true;

	/**
	 * The filters of additional components of the application.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * The filters of components that are not included.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * The auto-configuration to exclude.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
