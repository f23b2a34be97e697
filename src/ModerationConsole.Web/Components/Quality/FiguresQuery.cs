using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>The filters of the overview as they stand in the address.</summary>
public sealed record FiguresQuery
{
    public FigurePeriod Period { get; init; } = FigurePeriod.FourWeeks;

    public string? Policy { get; init; }

    public Guid? Queue { get; init; }

    public string? Language { get; init; }

    public Guid? Person { get; init; }

    /// <summary>Whether anything but the period is filtered.</summary>
    public bool Any => this with { Period = FigurePeriod.FourWeeks } != new FiguresQuery();

    /// <summary>What the core is asked.</summary>
    public QualityQuestion Question => new() { Period = Period, PolicyId = Policy, QueueId = Queue, Language = Language, PersonId = Person };

    /// <summary>Where the same is had as CSV.</summary>
    public string Export => QueryHelpers.AddQueryString("quality/figures.csv", Parameters().Select(pair => KeyValuePair.Create(pair.Key, (string?)Text(pair.Value))));

    /// <summary>Reads what an address holds; what is no filter is passed over.</summary>
    public static FiguresQuery Read(string? days, string? policy, string? queue, string? language, string? person) => new()
    {
        Period = int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && Enum.IsDefined((FigurePeriod)number)
            ? (FigurePeriod)number
            : FigurePeriod.FourWeeks,
        Policy = string.IsNullOrWhiteSpace(policy) ? null : policy,
        Queue = Id(queue),
        Language = string.IsNullOrWhiteSpace(language) ? null : language,
        Person = Id(person),
    };

    /// <summary>An id in an address; null for anything else.</summary>
    public static Guid? Id(string? text) => Guid.TryParse(text, out Guid id) ? id : null;

    /// <summary>The query string's parameters.</summary>
    public Dictionary<string, object?> Parameters() => new()
    {
        ["days"] = Period == FigurePeriod.FourWeeks ? null : (int)Period,
        ["policy"] = Policy,
        ["queue"] = Queue,
        ["language"] = Language,
        ["person"] = Person,
    };

    /// <summary>Where the samples behind a number are, within these filters.</summary>
    /// <param name="scored">Those that figures rest on, explained or not; null where that does not matter.</param>
    public string Samples(
        QualityFigures figures, string? policy = null, Guid? person = null, SampleState? state = null, bool? scored = true, bool? wrong = null,
        bool? random = null, ErrorKind? error = null, RootCause? cause = null,
        bool? pending = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Dictionary<string, object?> wanted = new()
        {
            ["policy"] = policy ?? Policy,
            ["queue"] = Queue,
            ["language"] = Language,
            ["person"] = person ?? Person,
            ["state"] = state?.ToString(),
            ["scored"] = scored,
            ["wrong"] = wrong,
            ["random"] = random,
            ["error"] = error?.ToString(),
            ["cause"] = cause?.ToString(),
            ["pending"] = pending,
            ["from"] = Days.Write(figures.From),
            ["to"] = Days.Write(figures.To),
        };
        return QueryHelpers.AddQueryString("quality/samples", wanted.Select(pair => KeyValuePair.Create(pair.Key, Text(pair.Value))));
    }

    private static string? Text(object? value) => value switch
    {
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };
}
