namespace ModerationConsole.Core.Policies;

/// <summary>Section <c>Policies</c>.</summary>
public sealed class PolicyOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Policies";

    /// <summary><c>Policies:SecondPerson</c>: whether a version is published only when someone agreed who had no hand in it.</summary>
    public bool SecondPerson { get; set; }
}
