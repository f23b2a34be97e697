using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Makes the names under which people appear outside their team.</summary>
internal static class Pseudonyms
{
    // No look-alikes: people say it aloud.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A pseudonym that nobody has.</summary>
    public static async Task<string> NextAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            string pseudonym = $"Moderator-{RandomNumberGenerator.GetString(Alphabet, 4)}";
            if (!await scope.Db.Set<Moderator>().AnyAsync(row => row.Pseudonym == pseudonym, cancellationToken).ConfigureAwait(false))
            {
                return pseudonym;
            }
        }
    }
}
