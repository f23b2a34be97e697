namespace ModerationConsole.Web.Components.Shared;

/// <summary>What keeps a form from being saved, by field, in the order of the form.</summary>
public sealed class Problems
{
    private readonly List<Problem> _all = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Problem> All => _all;

    /// <summary>Whether there are any.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>Counts how often they were told, so that a summary knows when to take focus again.</summary>
    public int Telling { get; private set; }

    /// <summary>Forgets all, before a form is checked again.</summary>
    public void Clear() => _all.Clear();

    /// <summary>Adds one. <paramref name="field"/> is the field's id, or empty when it is about the whole.</summary>
    public void Add(string field, string message) => _all.Add(new Problem(field, message));

    /// <summary>Adds one if a check fails.</summary>
    public void Unless(bool holds, string field, string message)
    {
        if (!holds)
        {
            Add(field, message);
        }
    }

    /// <summary>Adds one for each that is blank, so that a form says at once all that it lacks.</summary>
    /// <returns>Whether any was blank.</returns>
    public bool AnyBlank(params ReadOnlySpan<(string Field, string? Value, string Message)> needed)
    {
        foreach ((string field, string? value, string message) in needed)
        {
            Unless(!string.IsNullOrWhiteSpace(value), field, message);
        }

        return Any;
    }

    /// <summary>Call when the form is drawn with its problems.</summary>
    public void Tell() => Telling++;

    /// <summary>What is wrong with a field.</summary>
    public string? Of(string field) => _all.FirstOrDefault(problem => problem.Field == field)?.Message;
}

/// <summary>One thing that is wrong.</summary>
public sealed record Problem(string Field, string Message);
