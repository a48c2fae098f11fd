package dev.longshore.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Pod;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrategicMergePatchTest {
    private enum Row {
        MERGES_BY_KEY("{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
                "{'spec':{'containers':[{'name':'b','image':'2'}]}}",
                "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}"),
        NEW_ELEMENTS_COME_FIRST("{'spec':{'containers':[{'name':'a'}]}}", "{'spec':{'containers':[{'name':'c'}]}}",
                "{'spec':{'containers':[{'name':'c'},{'name':'a'}]}}"),
        DELETES_AN_ELEMENT("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                "{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}", "{'spec':{'containers':[{'name':'b'}]}}"),
        REPLACES_A_LIST("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                "{'spec':{'containers':[{'$patch':'replace'},{'name':'n'}]}}",
                "{'spec':{'containers':[{'name':'n'}]}}"),
        ORDERS("{'spec':{'containers':[{'name':'a'},{'name':'x'},{'name':'b'}]}}",
                "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}",
                "{'spec':{'containers':[{'name':'x'},{'name':'b'},{'name':'a'}]}}"),
        RETAINS_KEYS("{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
                "{'spec':{'volumes':[{'$retainKeys':['name','configMap'],'name':'v','configMap':{'name':'c'}}]}}",
                "{'spec':{'volumes':[{'name':'v','configMap':{'name':'c'}}]}}"),
        MERGES_PLAIN_VALUES("{'metadata':{'finalizers':['a.b/2']}}", "{'metadata':{'finalizers':['a.b/4','a.b/2']}}",
                "{'metadata':{'finalizers':['a.b/4','a.b/2']}}"),
        DELETES_PLAIN_VALUES("{'metadata':{'finalizers':['a','b']}}",
                "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a','z']}}", "{'metadata':{'finalizers':['b']}}"),
        REPLACES_OTHER_LISTS("{'spec':{'tolerations':[{'key':'a'}]}}", "{'spec':{'tolerations':[{'key':'z'}]}}",
                "{'spec':{'tolerations':[{'key':'z'}]}}"),
        NULL_REMOVES("{'metadata':{'labels':{'a':'1','b':'2'}}}", "{'metadata':{'labels':{'a':null}}}",
                "{'metadata':{'labels':{'b':'2'}}}"),
        REPLACES_A_MAP("{'metadata':{'labels':{'a':'1'}}}", "{'metadata':{'labels':{'$patch':'replace','o':'1'}}}",
                "{'metadata':{'labels':{'o':'1'}}}");

        final String target;
        final String patch;
        final String result;

        Row(String target, String patch, String result) {
            this.target = target;
            this.patch = patch;
            this.result = result;
        }
    }

    private enum Refused {
        ELEMENT_WITHOUT_KEY("{'spec':{'containers':[{'image':'1'}]}}"),
        UNKNOWN_DIRECTIVE("{'spec':{'$patch':'bogus'}}"),
        KEY_NOT_RETAINED("{'spec':{'$retainKeys':['a'],'b':1}}"),
        ORDER_LACKS_AN_ELEMENT("{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'z'}]}}");

        final String patch;

        Refused(String patch) {
            this.patch = patch;
        }
    }

    private static Object tree(String text) {
        return JsonTree.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void merges(Row row) {
        assertThat(StrategicMergePatch.apply(tree(row.target), tree(row.patch), Pod.getDescriptor()))
                .isEqualTo(tree(row.result));
    }

    @ParameterizedTest
    @EnumSource
    void refuses(Refused row) {
        assertThatThrownBy(() -> StrategicMergePatch.apply(tree("{}"), tree(row.patch), Pod.getDescriptor()))
                .isInstanceOf(ApiException.class);
    }
}
