using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>What of the console itself brought an item up for review.</summary>
public enum GroundKind
{
    /// <summary>A rule matched.</summary>
    Rule,

    /// <summary>A detector gave a value.</summary>
    Signal,
}

/// <summary>A stretch of an item's text.</summary>
/// <param name="Field">Key in the item's data.</param>
/// <param name="Value">Which of the field's values, from 0.</param>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">In characters (UTF-16).</param>
public sealed record TextSpan(string Field, int Value, int Start, int Length);

/// <summary>A rule or signal that speaks about a case.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Detail">How sure it is, in a word or a number; null where that says nothing.</param>
/// <param name="Spans">The text that it is about.</param>
public sealed record CaseGround(GroundKind Kind, string Name, string? Detail, IReadOnlyList<TextSpan> Spans);

/// <summary>Tells which rules and signals brought a case up. Asked here, answered by rooms above.</summary>
public interface ICaseGrounds
{
    /// <summary>The grounds of one case, the weightiest first.</summary>
    Task<IReadOnlyList<CaseGround>> OfAsync(ConsoleDbContext db, Case about, CancellationToken cancellationToken);
}
