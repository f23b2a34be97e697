using Microsoft.Extensions.Options;

namespace ModerationConsole.Web.Components.Review.Masking;

/// <summary>Which words are covered for people who want that. Section <c>MaskedWords</c>.</summary>
public sealed class MaskedWordsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MaskedWords";

    /// <summary><c>MaskedWords:BuiltIn</c>: whether the list that comes with the console is used.</summary>
    public bool BuiltIn { get; set; } = true;

    /// <summary><c>MaskedWords:Words</c>: further words.</summary>
    public IReadOnlyList<string> Words { get; set; } = [];

    /// <summary><c>MaskedWords:File</c>: a text file with a word a line, in UTF-8; lines that begin with <c>#</c> are left out.</summary>
    public string? File { get; set; }
}

/// <summary>Checks <see cref="MaskedWordsOptions"/> at start.</summary>
public sealed class MaskedWordsOptionsValidator : IValidateOptions<MaskedWordsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, MaskedWordsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.IsNullOrEmpty(options.File) || File.Exists(options.File)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("MaskedWords:File names a file that is not there.");
    }
}
