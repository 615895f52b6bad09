// SPDX-License-Identifier: Apache-2.0

// The resources of a Terraform file as JSON: [[type, name, body], ...], read by the library that Terraform reads them
// with. `var.x` stands for its own name; blocks become lists of bodies.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

func bodyOf(body *hclsyntax.Body, context *hcl.EvalContext) map[string]interface{} {
	members := map[string]interface{}{}
	for name, attribute := range body.Attributes {
		value, faults := attribute.Expr.Value(context)
		if faults.HasErrors() {
			log.Fatal(faults)
		}
		text, err := ctyjson.Marshal(value, value.Type())
		if err != nil {
			log.Fatal(err)
		}
		members[name] = json.RawMessage(text)
	}
	for _, block := range body.Blocks {
		list, _ := members[block.Type].([]interface{})
		members[block.Type] = append(list, bodyOf(block.Body, context))
	}
	return members
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	file, faults := hclsyntax.ParseConfig(text, "form.tf", hcl.InitialPos)
	if faults.HasErrors() {
		log.Fatal(faults)
	}
	variables := map[string]cty.Value{}
	resources := []interface{}{}
	body := file.Body.(*hclsyntax.Body)
	for _, block := range body.Blocks {
		if block.Type == "variable" {
			variables[block.Labels[0]] = cty.StringVal(block.Labels[0])
		}
	}
	context := &hcl.EvalContext{Variables: map[string]cty.Value{"var": cty.ObjectVal(variables)}}
	for _, block := range body.Blocks {
		if block.Type == "resource" {
			resources = append(resources, []interface{}{block.Labels[0], block.Labels[1], bodyOf(block.Body, context)})
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(resources); err != nil {
		log.Fatal(err)
	}
}
