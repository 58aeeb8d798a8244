package main

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

const mostOfAReview = 4 << 20

// webhookMode is what the admission webhook does with each object that it is
// shown. `Value` stands for what a real one fetches from a vault.
type webhookMode struct {
	Action string `json:"action"` // "pass", "data", "annotation" or "refuse"
	Value  []byte `json:"value"`
}

// webhook is a mutating admission webhook. It tells of each review.
type webhook struct {
	out   *output
	mutex sync.Mutex
	mode  webhookMode
}

type review struct {
	Request struct {
		Uid       string `json:"uid"`
		Operation string `json:"operation"`
		Namespace string `json:"namespace"`
		DryRun    bool   `json:"dryRun"`
		Object    struct {
			Metadata struct {
				Name        string            `json:"name"`
				Annotations map[string]string `json:"annotations"`
			} `json:"metadata"`
			Data map[string]string `json:"data"`
		} `json:"object"`
	} `json:"request"`
}

type patch struct {
	Operation string `json:"op"`
	Path      string `json:"path"`
	Value     any    `json:"value"`
}

func (h *webhook) set(mode webhookMode) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.mode = mode
}

func (h *webhook) current() webhookMode {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.mode
}

func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked review
	if json.NewDecoder(io.LimitReader(r.Body, mostOfAReview)).Decode(&asked) != nil {
		http.Error(w, "not a review", http.StatusBadRequest)
		return
	}
	mode := h.current()
	h.out.write("review", map[string]any{
		"operation": asked.Request.Operation, "namespace": asked.Request.Namespace,
		"name": asked.Request.Object.Metadata.Name, "dry_run": asked.Request.DryRun})
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
		"response": reply(&asked, mode)})
}

func reply(asked *review, mode webhookMode) map[string]any {
	answer := map[string]any{"uid": asked.Request.Uid, "allowed": mode.Action != "refuse"}
	object := asked.Request.Object
	switch mode.Action {
	case "refuse":
		answer["status"] = map[string]any{"message": "refused: " + string(mode.Value)}
	case "data":
		encoded := base64.StdEncoding.EncodeToString(mode.Value)
		patchWith(answer, added("/data", object.Data, "resolved", encoded))
	case "annotation":
		patchWith(answer, added(
			"/metadata/annotations", object.Metadata.Annotations, "resolved", string(mode.Value)))
	}
	return answer
}

// added sets a key of a map that may not be there yet.
func added(path string, there map[string]string, key, value string) patch {
	if there == nil {
		return patch{"add", path, map[string]string{key: value}}
	}
	return patch{"add", path + "/" + key, value}
}

func patchWith(answer map[string]any, single patch) {
	text, _ := json.Marshal([]patch{single})
	answer["patchType"] = "JSONPatch"
	answer["patch"] = text
}
