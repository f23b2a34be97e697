namespace ModerationConsole.Core.People.Factors;

/// <summary>
/// Encrypts what an app reckons its codes from, for one person, before it is stored: who reads the database must not be able to make
/// codes. Implemented by the web, with the keys of cookies.
/// </summary>
public interface IFactorSafe
{
    /// <summary>A secret as it is stored.</summary>
    string Close(Guid personId, string secret);

    /// <summary>The secret; null where it is another person's, or the key it was closed with is gone.</summary>
    string? Open(Guid personId, string stored);
}
