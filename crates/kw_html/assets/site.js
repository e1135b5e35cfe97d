// Everything works without this. It makes buttons quicker, keeps drafts, counts characters and tells of new posts.

import "/assets/buttons.js";
import "/assets/composer.js";
import "/assets/keys.js";
import "/assets/menus.js";
import "/assets/passkey.js";
import "/assets/updates.js";
