namespace ModerationConsole.Core.Intake;

/// <summary>What sort of mistake a program made, as the peer tells them apart.</summary>
public enum ProblemKind
{
    /// <summary>The request has the wrong shape.</summary>
    InvalidInput,

    /// <summary>The item names a type that is not defined here.</summary>
    UnknownItemType,

    /// <summary>The item's data does not fit its type.</summary>
    DataInvalid,
}

/// <summary>One mistake in what a program sent.</summary>
/// <param name="Kind">Sort of mistake.</param>
/// <param name="Code">Stable code, e.g. <c>field.required</c>.</param>
/// <param name="Pointer">JSON pointer to the mistake in the request's body.</param>
/// <param name="Detail">The mistake in words. Names fields of the schema, never a value that was sent.</param>
public sealed record IntakeProblem(ProblemKind Kind, string Code, string Pointer, string Detail);

/// <summary>Collects mistakes, up to a bound: who sends a thousand learns of the first hundred.</summary>
public sealed class ProblemList
{
    private const int Bound = 100;

    private readonly List<IntakeProblem> _problems = [];

    /// <summary>The mistakes so far.</summary>
    public IReadOnlyList<IntakeProblem> Problems => _problems;

    /// <summary>How many were found so far, also beyond the bound.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a mistake in the request's shape.</summary>
    public void Input(string code, string pointer, string detail) => Add(new IntakeProblem(ProblemKind.InvalidInput, code, pointer, detail));

    /// <summary>Notes a mistake in an item's data.</summary>
    public void Data(string code, string pointer, string detail) => Add(new IntakeProblem(ProblemKind.DataInvalid, code, pointer, detail));

    /// <summary>Notes an item type that is not defined.</summary>
    public void UnknownType(string pointer) =>
        Add(new IntakeProblem(ProblemKind.UnknownItemType, "type.unknown", pointer, "This item type is not defined."));

    private void Add(IntakeProblem problem)
    {
        Count++;
        if (_problems.Count < Bound)
        {
            _problems.Add(problem);
        }
    }
}
