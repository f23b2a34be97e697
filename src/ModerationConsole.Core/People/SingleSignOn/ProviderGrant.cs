using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>What a provider gave with a sign-in: how it is asked again whether the person may still be here.</summary>
public sealed class ProviderGrant : IVersioned
{
    /// <summary>The session that it came with.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The provider's configured name.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Who the person is to it, as the account's link has it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Its tokens, encrypted by the web's keys; the core cannot read them.</summary>
    public string Tokens { get; set; } = "";

    /// <summary>When the provider last said that the person may be here, UTC.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>When it is asked again, UTC.</summary>
    public DateTimeOffset CheckAt { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A logout token that was obeyed, so that it is not obeyed twice.</summary>
public sealed class UsedLogoutToken
{
    /// <summary>SHA-256 of its issuer and id, in hex.</summary>
    public string Id { get; init; } = "";

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset UsedAt { get; init; }
}

internal sealed class ProviderGrantConfiguration : IEntityTypeConfiguration<ProviderGrant>, IEntityTypeConfiguration<UsedLogoutToken>
{
    private const int HexOfSha256 = 64;

    public void Configure(EntityTypeBuilder<ProviderGrant> builder)
    {
        builder.ToTable("provider_grant");
        builder.HasKey(row => row.SessionId);
        builder.Property(row => row.SessionId).ValueGeneratedNever();
        builder.Property(row => row.Provider).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Subject).HasMaxLength(TextLength.Id);
        builder.Property(row => row.Tokens).HasMaxLength(TextLength.Text);
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
        builder.HasIndex(row => row.CheckAt);
    }

    public void Configure(EntityTypeBuilder<UsedLogoutToken> builder)
    {
        builder.ToTable("used_logout_token");
        builder.Property(row => row.Id).HasMaxLength(HexOfSha256);
        builder.HasIndex(row => row.UsedAt);
    }
}
