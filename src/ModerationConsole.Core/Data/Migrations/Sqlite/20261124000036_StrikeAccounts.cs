using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StrikeAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "strike_account",
                columns: table => new
                {
                    TypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AccountId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_strike_account", x => new { x.TypeId, x.AccountId });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "strike_account");
        }
    }
}
