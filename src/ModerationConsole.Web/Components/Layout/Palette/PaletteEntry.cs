namespace ModerationConsole.Web.Components.Layout.Palette;

/// <summary>Something that can be found or done from the palette.</summary>
/// <param name="Key">Names it; of two with the same name the first counts.</param>
/// <param name="Text">What it is called, and what is searched.</param>
/// <param name="Act">Does it.</param>
public sealed record PaletteEntry(string Key, string Text, Func<Task> Act)
{
    /// <summary>More about it, beside its name; not searched.</summary>
    public string? About { get; init; }
}

/// <summary>Entries of one kind, under a heading.</summary>
public sealed record PaletteGroup(string Name, IReadOnlyList<PaletteEntry> Entries);
