using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ModerationConsole.Core.Data;

/// <summary>A row whose concurrent changes are detected: <see cref="Version"/> is raised by the context on each change.</summary>
public interface IVersioned
{
    /// <summary>Counts changes of the row; a stale value makes the write fail.</summary>
    long Version { get; set; }
}

/// <summary>A row that is written once. The context refuses to change or delete it, and so do triggers in the database.</summary>
public interface IAppendOnly;

/// <summary>Bounds of stored text, in characters.</summary>
public static class TextLength
{
    /// <summary>Codes and external ids.</summary>
    public const int Id = 200;

    /// <summary>A line of text: names, labels.</summary>
    public const int Line = 400;

    /// <summary>A note, a reason, an address.</summary>
    public const int Note = 5_000;

    /// <summary>A policy's text.</summary>
    public const int Text = 100_000;

    /// <summary>A JSON document: an item's data, a context snapshot.</summary>
    public const int Document = 2_000_000;
}

/// <summary>Stores instants as UTC, cut to microseconds: PostgreSQL keeps no more, and hashes must survive a round trip.</summary>
public sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    value => Instant.Cut(value).UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc), TimeSpan.Zero));

/// <summary>Instants as the console stores them.</summary>
public static class Instant
{
    /// <summary>Later than any deadline: what a task without one sorts by.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The instant cut to whole microseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset value) => value.AddTicks(-(value.UtcTicks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Now, cut to whole microseconds.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) => Cut(clock.GetUtcNow());
}
