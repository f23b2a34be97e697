namespace ModerationConsole.Core.Access;

/// <summary>A use case that nobody needs a permission for, because it is how callers become known. A test holds the short list.</summary>
/// <param name="why">Why it must be so.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnonymousAttribute(string why) : Attribute
{
    /// <summary>Why it must be so.</summary>
    public string Why { get; } = why;
}
