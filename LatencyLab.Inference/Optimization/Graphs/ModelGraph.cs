using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Graphs;

/// <summary>An editable view of a model's graph: who makes a tensor, who reads it, which tensors are constants.</summary>
internal sealed class ModelGraph
{
    private readonly Dictionary<string, NodeProto> _producers = [];
    private readonly Dictionary<string, List<NodeProto>> _consumers = [];
    private readonly Dictionary<string, TensorProto> _initializers = [];
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _names = [];

    /// <param name="model">The model; it is changed in place.</param>
    /// <exception cref="InvalidModelException">The graph has a cycle, or two nodes write one tensor.</exception>
    public ModelGraph(ModelProto model)
    {
        Model = model;
        _outputs = [.. Graph.Output.Select(output => output.Name)];
        foreach (var tensor in Graph.Initializer)
        {
            _initializers[tensor.Name] = tensor;
        }

        DropInputsThatAreInitializers();
        Reindex();
        TopologicalOrder.Apply(this);
    }

    public ModelProto Model { get; }

    public GraphProto Graph => Model.Graph;

    public IReadOnlyList<NodeProto> Nodes => Graph.Node;

    public NodeProto? Producer(string tensor) => _producers.GetValueOrDefault(tensor);

    public IReadOnlyList<NodeProto> Consumers(string tensor) => _consumers.TryGetValue(tensor, out var nodes) ? nodes : [];

    public TensorProto? Initializer(string? tensor) => tensor is null ? null : _initializers.GetValueOrDefault(tensor);

    public bool IsOutput(string tensor) => _outputs.Contains(tensor);

    /// <summary>The only node that sees the tensor, or null where several do or the caller of the model does.</summary>
    public NodeProto? OnlyConsumer(string tensor) => !IsOutput(tensor) && Consumers(tensor) is [var only] ? only : null;

    public TensorProto AddInitializer(TensorProto tensor)
    {
        Graph.Initializer.Add(tensor);
        _initializers.Add(tensor.Name, tensor);
        _names.Add(tensor.Name);
        return tensor;
    }

    /// <summary>A tensor or node name that is not taken: the wanted one, or the wanted one with a number.</summary>
    public string UniqueName(string wanted)
    {
        var name = wanted;
        for (var number = 2; !_names.Add(name); number++)
        {
            name = $"{wanted}_{number}";
        }

        return name;
    }

    public void Remove(NodeProto node)
    {
        Graph.Node.Remove(node);
        Reindex();
    }

    public void ReplaceNodes(IEnumerable<NodeProto> nodes)
    {
        var replacement = nodes.ToList();
        Graph.Node.Clear();
        Graph.Node.Add(replacement);
        Reindex();
    }

    /// <summary>Call after changing a node's inputs or outputs.</summary>
    public void Reindex()
    {
        _producers.Clear();
        _consumers.Clear();
        _names.UnionWith(Graph.Input.Select(input => input.Name));
        _names.UnionWith(_initializers.Keys);
        foreach (var node in Nodes)
        {
            _names.Add(node.Name);
            foreach (var output in node.Output.Where(name => name.Length > 0))
            {
                _names.Add(output);
                if (!_producers.TryAdd(output, node))
                {
                    throw new InvalidModelException($"Two nodes write the tensor '{output}'. The model is damaged.");
                }
            }

            foreach (var name in node.Input.Concat(Subgraphs.NamesRead(node)).Where(name => name.Length > 0).Distinct())
            {
                _names.Add(name);
                (_consumers.TryGetValue(name, out var readers) ? readers : _consumers[name] = []).Add(node);
            }
        }
    }

    /// <summary>Removes initializers that nothing reads, and type notes of tensors that are gone.</summary>
    public void RemoveUnused()
    {
        var used = Graph.Initializer.Where(t => Consumers(t.Name).Count > 0 || IsOutput(t.Name)).ToList();
        Graph.Initializer.Clear();
        Graph.Initializer.Add(used);
        _initializers.Clear();
        foreach (var tensor in used)
        {
            _initializers.Add(tensor.Name, tensor);
        }

        foreach (var note in Graph.ValueInfo.Where(v => !_producers.ContainsKey(v.Name)).ToList())
        {
            Graph.ValueInfo.Remove(note);
        }
    }

    // Files of IR version 3 list initializers among the inputs; that keeps runtimes from treating them as constants.
    private void DropInputsThatAreInitializers()
    {
        foreach (var input in Graph.Input.Where(input => _initializers.ContainsKey(input.Name)).ToList())
        {
            Graph.Input.Remove(input);
        }
    }
}
